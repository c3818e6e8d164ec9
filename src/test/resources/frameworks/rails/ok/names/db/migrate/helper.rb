module Helper
end
